# What `cmake --install` puts where. The program finds its scenarios and document programs relative to itself, and
# the CMake package finds all relative to its own place, so the whole tree can be moved.
include(CMakePackageConfigHelpers)

install(TARGETS timewait EXPORT timewait-targets RUNTIME DESTINATION bin)
install(TARGETS timewait_api EXPORT timewait-targets ARCHIVE DESTINATION lib)
install(DIRECTORY ${CMAKE_SOURCE_DIR}/harness/api/include/timewait DESTINATION include)

set(package_folder lib/cmake/timewait)
configure_package_config_file(install/timewait-config.cmake.in timewait-config.cmake
  INSTALL_DESTINATION ${package_folder})
write_basic_package_version_file(timewait-config-version.cmake COMPATIBILITY SameMinorVersion)
install(EXPORT timewait-targets NAMESPACE timewait:: DESTINATION ${package_folder})
install(FILES
  ${CMAKE_CURRENT_BINARY_DIR}/timewait-config.cmake
  ${CMAKE_CURRENT_BINARY_DIR}/timewait-config-version.cmake
  install/timewait_add_scenarios.cmake
  DESTINATION ${package_folder})

install(DIRECTORY ${CMAKE_SOURCE_DIR}/scenarios DESTINATION share/timewait
  FILES_MATCHING PATTERN *.toml PATTERN *.json PATTERN README.md)
install(DIRECTORY ${CMAKE_SOURCE_DIR}/results DESTINATION share/timewait
  FILES_MATCHING PATTERN README.md PATTERN linux-*/*
  PATTERN run EXCLUDE)
install(FILES ${CMAKE_SOURCE_DIR}/README.md ${CMAKE_SOURCE_DIR}/LICENSE ${CMAKE_SOURCE_DIR}/CHANGELOG.md
  DESTINATION share/doc/timewait)
install(DIRECTORY examples/own-project DESTINATION share/doc/timewait/examples)

# manual_file(FORMAT FILE FOLDER): what `timewait manual FORMAT` prints.
function(manual_file format file folder)
  add_custom_command(OUTPUT manual/${file}
    COMMAND ${CMAKE_COMMAND} -E make_directory manual
    COMMAND timewait manual ${format} > manual/${file}
    VERBATIM)
  set_property(TARGET manual APPEND PROPERTY SOURCES ${CMAKE_CURRENT_BINARY_DIR}/manual/${file})
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/manual/${file} DESTINATION ${folder})
endfunction()
add_custom_target(manual ALL)
manual_file(man timewait.1 share/man/man1)
manual_file(bash timewait share/bash-completion/completions)
manual_file(zsh _timewait share/zsh/site-functions)
manual_file(fish timewait.fish share/fish/vendor_completions.d)
