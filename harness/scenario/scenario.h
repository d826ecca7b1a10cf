#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "harness/scenario/actor_place.h"
#include "harness/scenario/document_program.h"
#include "harness/scenario/outcome.h"
#include "harness/scenario/step.h"

namespace timewait {

/// One value of a variation: the label that names cells, and what `{variation.field}` stands for.
struct VariationValue {
  std::string label;
  std::map<std::string, std::string> fields;
};

/// Something a scenario varies, `rebind = ["plain", "reuseaddr"]`.
struct Variation {
  std::string name;
  std::vector<VariationValue> values;
};

/// What a script says about one of its actors.
struct Actor {
  std::string name;
  DocumentProgram program;
  Protocol protocol = Protocol::tcp;  ///< of its sockets, as far as the script tells
  std::optional<ActorPlace> place;    ///< nothing when the script does not tell
  std::string place_word;             ///< "$NAME" or the like while its address is to be learnt
};

/// The values of a scenario's variations in one cell, in the order of the file.
using Point = std::vector<std::pair<std::string, std::string>>;

/// "first=plain,rebind=plain"; "-" for a scenario that varies nothing.
std::string cell_name(const Point& point);

/// One point of a scenario's variations: what happens and what is expected.
struct Cell {
  Point point;
  std::vector<Step> steps;
  std::vector<Actor> actors;
  Outcome expected;
  std::optional<Outcome> promised;  ///< what a document promises; nothing when it is silent

  /// The actor called `name`, which the script must have introduced.
  const Actor& actor(const std::string& name) const;
};

/// A scenario file, read and checked.
struct Scenario {
  std::string name;   ///< the file's name without ".toml"
  std::string theme;  ///< the folder it lies in
  std::string title;
  std::string teaches;
  std::vector<std::string> from;
  std::vector<std::string> tags;
  std::vector<Variation> variations;
  std::vector<std::string> script;  ///< the lines as written, comments included
  std::vector<Cell> cells;          ///< last variation fastest
};

}  // namespace timewait
