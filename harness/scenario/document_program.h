#pragma once

#include <string_view>

#include "harness/net/option_set.h"

namespace timewait {

/// What a program of `fixtures/` does, as far as a script has to know it.
enum class Role {
  listens,   ///< ready when its listener is in the table
  connects,  ///< ready when the table shows its connection
  binds,     ///< ready when it has printed that its sockets are there
  scripted,  ///< the `peer`: does what `calls` steps say
  foreign,   ///< a command that is not ours
};

struct DocumentProgram {
  std::string_view name;
  Role role = Role::foreign;
  std::string_view address;              ///< where it binds or connects to unless told otherwise
  OptionSet options = OptionSet::plain;  ///< what it sets unless told otherwise
  std::string_view ready =
      {};  ///< what a program of role `binds` prints when its sockets are there
  bool udp = false;
};

/// The program called `name`; role `foreign` when it is none of ours.
DocumentProgram find_document_program(std::string_view name);

}  // namespace timewait
