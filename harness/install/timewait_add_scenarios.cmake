# timewait_add_scenarios(DIR [PREFIX prefix] [LABELS label...] [ENVIRONMENT name=value...]) makes a ctest test of
# each cell of the scenario files below DIR. They are listed when ctest runs, so a new file needs no build.
#
# A test is called as the cell, after the prefix, and has the labels `cell`, the theme (the folder of its file) and
# those that are given. It is skipped where no sandbox can be made. Scenarios tagged slow are left out; for them:
#   add_test(NAME slow COMMAND timewait::program run --scenarios DIR --tag slow --no-out)
function(timewait_add_scenarios dir)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "PREFIX" "LABELS;ENVIRONMENT")
  if(DEFINED arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "timewait_add_scenarios: unknown arguments ${arg_UNPARSED_ARGUMENTS}")
  endif()
  cmake_path(ABSOLUTE_PATH dir NORMALIZE)
  if(NOT IS_DIRECTORY "${dir}")
    message(FATAL_ERROR "timewait_add_scenarios: there is no folder ${dir}")
  endif()
  string(MD5 key "${dir}${arg_PREFIX}")
  set(listed "${CMAKE_CURRENT_BINARY_DIR}/timewait-cells-${key}.cmake")
  file(CONFIGURE OUTPUT "${listed}.in" @ONLY CONTENT [=[
set(run "$<TARGET_FILE:timewait::program>")
execute_process(
  COMMAND "${run}" list --cells --scenarios "@dir@"
  OUTPUT_VARIABLE cells ERROR_VARIABLE trouble RESULT_VARIABLE status)
if(NOT status EQUAL 0)
  # A scenario file that cannot be read must not make its cells vanish: it is a failing test.
  add_test("@arg_PREFIX@scenarios-can-be-read" "${run}" list --scenarios "@dir@")
  return()
endif()
string(REGEX MATCHALL "[^\n]+" cells "${cells}")
foreach(line IN LISTS cells)
  string(REGEX MATCH "^(.+) ([^ ]+)$" _ "${line}")
  set(theme "${CMAKE_MATCH_1}")
  set(cell "${CMAKE_MATCH_2}")
  set(test "@arg_PREFIX@${cell}")
  add_test("${test}" "${run}" run "${cell}" --no-out --scenarios "@dir@")
  set_tests_properties("${test}" PROPERTIES
    LABELS "cell;${theme};@arg_LABELS@" SKIP_RETURN_CODE 77 TIMEOUT 120
    ENVIRONMENT "@arg_ENVIRONMENT@")
endforeach()
]=])
  file(GENERATE OUTPUT "${listed}" INPUT "${listed}.in")
  set_property(DIRECTORY APPEND PROPERTY TEST_INCLUDE_FILES "${listed}")
endfunction()
