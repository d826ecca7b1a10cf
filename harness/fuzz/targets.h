#pragma once

#include <string_view>

namespace timewait {

// The targets, each in a file of its name. Input is text where nothing else is said.

/// Options of the command line, addresses and numbers, a word a line.
void fuzz_words(std::string_view input);
/// What a peer is told, a call a line.
void fuzz_calls(std::string_view input);
/// claims.toml.
void fuzz_claims(std::string_view input);
/// facts.json.
void fuzz_facts(std::string_view input);
/// What a document program prints when it fails: a byte for its exit status, then the text.
void fuzz_program_output(std::string_view input);
/// A line of records.jsonl, and all that is made of a record.
void fuzz_record(std::string_view input);
/// A line of reference.jsonl.
void fuzz_reference(std::string_view input);
/// run.json.
void fuzz_run_summary(std::string_view input);
/// A scenario file, and what the model says about its cells.
void fuzz_scenario(std::string_view input);
/// The first line is what is expected, the others are a script.
void fuzz_script(std::string_view input);
/// The bytes of an Ethernet frame, and the capture file that it gets into.
void fuzz_segment(std::string_view input);
/// The bytes of a netlink answer about the socket table.
void fuzz_socket_answer(std::string_view input);
/// scenarios/zh.toml.
void fuzz_translation(std::string_view input);

}  // namespace timewait
