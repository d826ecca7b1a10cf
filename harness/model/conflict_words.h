#pragma once

#include "harness/model/kernel_model.h"
#include "harness/model/saying.h"

namespace timewait {

/// An entry of the table for people: "a TIME_WAIT entry (60 s left)", "a listener".
Saying words_for(const ModelEntry& entry);

/// Who holds the port, and with which options: one sentence.
Saying holder_sentence(const Conflict& conflict);

/// Why the two sockets are in each other's way, by the clause that decided: one sentence.
Saying clause_sentence(const Conflict& conflict);

/// Why an entry on the same port is not in the way of a socket that was bound; no sentence.
Saying why_not_in_the_way(const ModelEntry& entry, const ModelEntry& asks);

}  // namespace timewait
