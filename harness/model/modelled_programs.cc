#include "harness/model/modelled_programs.h"

#include <fmt/format.h>

#include <algorithm>

#include "harness/model/instructions.h"
#include "harness/scenario/document_program.h"

namespace timewait {
namespace {

constexpr int kMessageSize = 40;
constexpr int kTimeOfDay = 26;  // "Sat Nov 21 10:00:00 2026\r\n"

/// How a document program is called.
struct Invocation {
  std::vector<std::string> command;
  std::string at;  ///< where it binds or connects to
  OptionSet with = OptionSet::plain;

  bool has(std::string_view flag) const {
    return std::ranges::find(command, flag) != command.end();
  }
  std::string value_of(std::string_view flag, std::string otherwise) const {
    const auto found = std::ranges::find(command, flag);
    if (found == command.end() || found + 1 == command.end()) return otherwise;
    return *(found + 1);
  }
};

/// socket, options, bind: the beginning of every server.
ModelledProgram bind_socket(const Invocation& as, const std::string& name, const std::string& at,
                            bool udp = false) {
  const bool six = at.starts_with('[');
  ModelledProgram program = {
      must(fmt::format("socket {} {}{}", name, udp ? "udp" : "tcp", six ? "6" : ""))};
  if (as.with != OptionSet::plain)
    program.push_back(must(fmt::format("set {} {}", name, kOptionSets.name(as.with))));
  program.push_back(must(fmt::format("bind {} {}", name, at)));
  return program;
}

ModelledProgram listen_at(const Invocation& as, const std::string& name = "listener") {
  ModelledProgram program = bind_socket(as, name, as.at);
  program.push_back(must("listen " + name));
  return program;
}

ModelledProgram connect_to(const Invocation& as) {
  return {must(as.at.starts_with('[') ? "socket c tcp6" : "socket c"), must("connect c " + as.at)};
}

ModelledProgram message_server(const Invocation& as) {
  ModelledProgram program = listen_at(as);
  append(program,
         {must("accept listener s"), must(fmt::format("recv s {}", kMessageSize)),
          must(fmt::format("send s {}", kMessageSize)), must("close s"), must("close listener")});
  return program;
}

ModelledProgram message_client(const Invocation& as) {
  ModelledProgram program = connect_to(as);
  append(program, {read_line(), must(fmt::format("send c {}", kMessageSize)),
                   must(fmt::format("recv c {}", kMessageSize)), must("close c")});
  return program;
}

/// The clients of a chat server by name, and how many there ever were.
struct Chat {
  std::vector<std::string> clients;
  int came = 0;
};

/// Passes on what a client says, or closes it; false when it says nothing.
bool serve_client(ModelledProcess& process, Chat& chat, std::size_t index) {
  const std::string client = chat.clients[index];
  const ModelAnswer said = process.call(call_of(fmt::format("recv {} {}", client, kChunk)));
  if (said.waits) return false;
  if (said.answer.ok() && said.answer.value > 0) {
    for (const std::string& other : chat.clients)
      process.call(call_of(fmt::format("send {} {}", other, said.answer.value)));
    return true;
  }
  process.call(call_of("close " + client));
  chat.clients.erase(chat.clients.begin() + static_cast<std::ptrdiff_t>(index));
  return true;
}

bool accept_client(ModelledProcess& process, Chat& chat) {
  const std::string name = fmt::format("s{}", chat.came + 1);
  if (process.call(call_of("accept listener " + name)).waits) return false;
  chat.clients.push_back(name);
  ++chat.came;
  return true;
}

Instruction serve() {
  return [chat = std::make_shared<Chat>()](ModelledProcess& process) {
    bool did_anything = false;
    for (std::size_t i = chat->clients.size(); i-- > 0;)
      did_anything |= serve_client(process, *chat, i);
    did_anything |= accept_client(process, *chat);
    return did_anything ? Turn::again : Turn::waits;
  };
}

ModelledProgram chat_server(const Invocation& as) {
  ModelledProgram program = listen_at(as);
  program.push_back(serve());
  return program;
}

/// Hears until the server has closed, says what is typed, and leaves when the input ends.
Turn talk(ModelledProcess& process) {
  const Call hear = call_of(fmt::format("recv c {}", kChunk));
  const ModelAnswer heard = process.call(hear);
  if (!heard.waits && !heard.answer.ok()) return process.fail(hear), Turn::next;
  if (!heard.waits) return heard.answer.value == 0 ? Turn::next : Turn::again;
  if (const auto line = process.take_line()) {
    const Call say = call_of(fmt::format("send c {}", line->size() + 1));
    if (!process.call(say).answer.ok()) process.fail(say);
    return Turn::again;
  }
  return process.input_has_ended() ? Turn::next : Turn::waits;
}

ModelledProgram chat_client(const Invocation& as) {
  ModelledProgram program = connect_to(as);
  append(program, {talk, must("close c")});
  return program;
}

Instruction serve_one_after_the_other() {
  return [is_serving = std::make_shared<bool>(false)](ModelledProcess& process) {
    if (!*is_serving && process.call(call_of("accept listener s")).waits) return Turn::waits;
    *is_serving = true;
    const Turn heard = drain("s")(process);
    if (heard != Turn::next) return heard;
    process.call(call_of("close s"));
    *is_serving = false;
    return Turn::again;
  };
}

ModelledProgram listing3_server(const Invocation& as) {
  ModelledProgram program = listen_at(as);
  program.push_back(serve_one_after_the_other());
  return program;
}

ModelledProgram daytime_server(const Invocation& as, int generation);

/// exec() of the same command line: close-on-exec takes the listener, nothing else goes.
Instruction execute_daytime_server(const Invocation& as, int generation) {
  return [as, generation](ModelledProcess& process) {
    if (as.has("--close-on-exec") && as.has("--keep-listener"))
      process.call(call_of(fmt::format("close listener{}", generation)));
    process.execute(daytime_server(as, generation + 1));
    return Turn::again;
  };
}

ModelledProgram child_of_daytime_server(const Invocation& as, int generation) {
  ModelledProgram program;
  const std::string connection = fmt::format("s{}", generation);
  if (!as.has("--keep-listener"))
    program.push_back(must(fmt::format("close listener{}", generation)));
  append(program,
         {must(fmt::format("send {} {}", connection, kTimeOfDay)), must("close " + connection)});
  program.push_back([](ModelledProcess& process) {
    if (process.take_line()) return Turn::next;
    if (!process.input_has_ended()) return Turn::waits;
    process.exit(0);
    return Turn::again;
  });
  program.push_back(execute_daytime_server(as, generation));
  return program;
}

/// `generation` keeps apart the names of what earlier lives of the process have left open.
ModelledProgram daytime_server(const Invocation& as, int generation) {
  const std::string listener = fmt::format("listener{}", generation);
  const std::string connection = fmt::format("s{}", generation);
  ModelledProgram program = listen_at(as, listener);
  program.push_back(must(fmt::format("accept {} {}", listener, connection)));
  program.push_back([as, generation](ModelledProcess& process) {
    process.fork(child_of_daytime_server(as, generation));
    return Turn::next;
  });
  program.push_back(must("close " + connection));
  return program;
}

ModelledProgram daytime_client(const Invocation& as) {
  ModelledProgram program = connect_to(as);
  append(program, {drain("c"), must("close c")});
  return program;
}

ModelledProgram child_of_forking_server(const Invocation& as) {
  const std::string keeps = as.value_of("--child-keeps", "both");
  const bool cut_by_exec = as.has("--exec") && as.has("--close-on-exec");
  const bool keeps_connection = keeps == "connection" || keeps == "both";
  const bool keeps_listener = keeps == "listener" || keeps == "both";
  ModelledProgram program;
  if (!keeps_connection || cut_by_exec) program.push_back(must("close s"));
  if (!keeps_listener || cut_by_exec) program.push_back(must("close listener"));
  program.push_back(wait_for_ever());
  return program;
}

ModelledProgram forking_server(const Invocation& as) {
  ModelledProgram program = listen_at(as);
  append(program, {must("accept listener s"),
                   [as](ModelledProcess& process) {
                     process.fork(child_of_forking_server(as));
                     return Turn::next;
                   },
                   wait_for_ever()});
  return program;
}

/// Two sockets, made and given their options before the first is bound.
ModelledProgram two_sockets(const Invocation& as, const std::string& second_at, bool udp) {
  ModelledProgram one = bind_socket(as, "first", as.at, udp);
  ModelledProgram two = bind_socket(as, "second", second_at, udp);
  ModelledProgram program;
  for (std::size_t i = 0; i < one.size(); ++i) append(program, {one[i], two[i]});
  return program;
}

ModelledProgram two_listeners(const Invocation& as) {
  ModelledProgram program = two_sockets(as, as.at, false);
  append(program, {must("listen first"), must("listen second"), read_line()});
  return program;
}

ModelledProgram two_bound(const Invocation& as, const std::string& second_at, bool udp) {
  ModelledProgram program = two_sockets(as, second_at, udp);
  program.push_back(read_line());
  return program;
}

std::optional<ModelledProgram> program_of(std::string_view name, const Invocation& as) {
  if (name == "message_server") return message_server(as);
  if (name == "message_client") return message_client(as);
  if (name == "chat_server") return chat_server(as);
  if (name == "chat_client") return chat_client(as);
  if (name == "listing3_server") return listing3_server(as);
  if (name == "daytime_server") return daytime_server(as, 1);
  if (name == "daytime_client") return daytime_client(as);
  if (name == "forking_server") return forking_server(as);
  if (name == "two_listeners") return two_listeners(as);
  if (name == "two_addresses") return two_bound(as, as.value_of("--and", "127.0.0.2:10013"), false);
  if (name == "tcp_duplicate") return two_bound(as, as.at, false);
  if (name == "udp_duplicate" || name == "multicast_duplicate") return two_bound(as, as.at, true);
  if (name == "peer") return ModelledProgram{wait_for_end_of_input()};
  return std::nullopt;
}

}  // namespace

std::optional<ModelledProgram> modelled_program(const std::vector<std::string>& command,
                                                std::optional<OptionSet> options) {
  const DocumentProgram program = find_document_program(command.front());
  Invocation as{.command = command, .with = options.value_or(program.options)};
  const bool connects = program.role == Role::connects;
  as.at = as.value_of(connects ? "--to" : "--at", std::string(program.address));
  if (!options) as.with = kOptionSets.find(as.value_of("--with", "")).value_or(program.options);
  return program_of(program.name, as);
}

}  // namespace timewait
