#pragma once

#include <string>

#include "harness/model/kernel_model.h"

namespace timewait {

/// An entry of the table for people: "a TIME_WAIT entry (60 s left)", "a listener".
std::string words_for(const ModelEntry& entry);

/// Who holds the port, and with which options: one sentence.
std::string holder_sentence(const Conflict& conflict);

/// Why the two sockets are in each other's way, by the clause that decided: one sentence, which
/// begins with a small letter where it can.
std::string clause_sentence(const Conflict& conflict);

/// Why an entry on the same port is not in the way of a socket that was bound; no sentence.
std::string why_not_in_the_way(const ModelEntry& entry, const ModelEntry& asks);

}  // namespace timewait
