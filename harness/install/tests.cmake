# What is installed, tried: moved, through a link, and by a project of somebody else. Sanitized builds are not for
# others, and debug information names the sources.
if(TIMEWAIT_SANITIZE OR CMAKE_BUILD_TYPE MATCHES "Deb")
  return()
endif()
set(trial ${CMAKE_BINARY_DIR}/installed)

add_test(NAME install-tree COMMAND ${CMAKE_CURRENT_LIST_DIR}/install_tree.sh
  ${CMAKE_BINARY_DIR} ${CMAKE_SOURCE_DIR} ${trial})
set_tests_properties(install-tree PROPERTIES LABELS install TIMEOUT 60 FIXTURES_SETUP installed)

add_test(NAME install-is-usable COMMAND ${CMAKE_CURRENT_LIST_DIR}/try_installed.sh ${trial}/moved)
set_tests_properties(install-is-usable PROPERTIES
  LABELS install TIMEOUT 60 FIXTURES_REQUIRED installed SKIP_RETURN_CODE 77)

add_test(NAME install-outside-project COMMAND ${CMAKE_CTEST_COMMAND}
  --build-and-test ${trial}/moved/share/doc/timewait/examples/own-project ${trial}/own-project
  --build-generator ${CMAKE_GENERATOR}
  --build-options -DCMAKE_PREFIX_PATH=${trial}/moved -DCMAKE_CXX_COMPILER=${CMAKE_CXX_COMPILER}
    -DCMAKE_CXX_STANDARD=17
  --test-command ${CMAKE_CTEST_COMMAND} --output-on-failure --no-tests=error)
set_tests_properties(install-outside-project PROPERTIES
  LABELS install TIMEOUT 180 FIXTURES_REQUIRED installed)
