# The unit tests of the layers, beside the sources that they test.
add_executable(unit_test
  base/deadline_test.cc
  base/enum_table_test.cc
  base/error_test.cc
  base/unique_fd_test.cc
  net/endpoint_test.cc
  net/errno_name_test.cc
  net/option_set_test.cc
  net/socket_call_test.cc
  kernel/loopback_test.cc
  kernel/namespaces_test.cc
  kernel/release_test.cc
  kernel/socket_options_test.cc
  kernel/socket_table_test.cc
  kernel/sysctl_test.cc
  kernel/tcp_state_test.cc
  process/child_process_test.cc
  process/exit_state_test.cc
  process/text_stream_test.cc
  scenario/cell_expansion_test.cc
  scenario/document_program_test.cc
  scenario/expectation_test.cc
  scenario/outcome_test.cc
  scenario/scenario_reader_test.cc
  scenario/scenario_test.cc
  scenario/script_check_test.cc
  scenario/selection_test.cc
  scenario/source_text_test.cc
  scenario/state_list_test.cc
  scenario/step_parser_test.cc
  scenario/text_block_test.cc
  scenario/tokens_test.cc
  scenario/verb_table_test.cc
  run/attempt_test.cc
  run/judge_test.cc
  run/program_outcome_test.cc
  run/record_json_test.cc
  run/record_store_test.cc
  report/cell_words_test.cc
  report/matrix_test.cc
  report/reading_test.cc
  report/sentence_test.cc
  report/text_report_test.cc
  report/text_style_test.cc)
target_compile_definitions(unit_test PRIVATE TIMEWAIT_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
target_link_libraries(unit_test PRIVATE timewait_harness GTest::gmock_main)
gtest_discover_tests(unit_test NO_PRETTY_VALUES DISCOVERY_MODE PRE_TEST
  PROPERTIES TIMEOUT 60 LABELS unit)
