#include "harness/page/page_ends.h"

#include <algorithm>

#include "harness/report/ladder_sides.h"
#include "harness/report/table_changes.h"
#include "harness/report/told_timeline.h"

namespace timewait {
namespace {

using Json = nlohmann::ordered_json;
using std::chrono::nanoseconds;

struct End {
  SocketEntry last;  ///< as it was seen last
  Json moments = Json::array();
};

Json moment(nanoseconds at, const Json& state) {
  return {std::chrono::duration_cast<std::chrono::microseconds>(at).count(), state};
}

/// Follows the sockets from look to look.
class Ends {
 public:
  void take(nanoseconds at, Table table) {
    std::erase_if(table, [](const auto& entry) { return entry.protocol != Protocol::tcp; });
    const auto earlier = predecessors(table_, table);
    std::vector<std::size_t> indexes;
    for (std::size_t i = 0; i < table.size(); ++i) {
      indexes.push_back(earlier[i] ? indexes_[*earlier[i]] : add());
      see(ends_[indexes.back()], at, table[i]);
    }
    end_missing(at, indexes);
    table_ = std::move(table);
    indexes_ = std::move(indexes);
  }

  const std::vector<End>& all() const { return ends_; }

 private:
  std::size_t add() {
    ends_.emplace_back();
    return ends_.size() - 1;
  }

  static void see(End& end, nanoseconds at, const SocketEntry& entry) {
    if (end.moments.empty() || end.last.state != entry.state)
      end.moments.push_back(moment(at, kTcpStates.name(entry.state)));
    end.last = entry;
  }

  /// What was in the table before and has no place among `indexes` is gone.
  void end_missing(nanoseconds at, const std::vector<std::size_t>& indexes) {
    for (const std::size_t index : indexes_)
      if (std::ranges::find(indexes, index) == indexes.end())
        ends_[index].moments.push_back(moment(at, nullptr));
  }

  std::vector<End> ends_;
  Table table_;
  std::vector<std::size_t> indexes_;  ///< of the ends that the entries of `table_` are
};

Json json_of(const End& end, const LadderSides& sides) {
  Json json{{"side", sides.of(end.last.local) == Lifeline::server ? 0 : 1},
            {"local", end.last.local.text()}};
  if (end.last.remote.port() != 0) json["remote"] = end.last.remote.text();
  json["moments"] = end.moments;
  return json;
}

}  // namespace

Json ends_json(const Record& record) {
  Ends ends;
  for (const Event& event : told_timeline(record))
    if (const auto* seen = std::get_if<TableSeen>(&event.what)) ends.take(event.at, seen->table);
  const LadderSides sides(record);
  Json json = Json::array();
  for (const End& end : ends.all()) json.push_back(json_of(end, sides));
  return json;
}

}  // namespace timewait
