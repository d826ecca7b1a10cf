# embedded_text(TARGET FUNCTION FILE...) gives TARGET a function `std::string_view timewait::FUNCTION()`: the
# texts of the files, one after the other. Whoever calls it declares it.
function(embedded_text target function)
  set(digits "")
  foreach(file IN LISTS ARGN)
    file(READ ${file} content HEX)
    string(APPEND digits "${content}")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
  endforeach()
  # Bytes, because a literal must not be as long as a text may be.
  string(REGEX REPLACE "(..)" "0x\\1," bytes "${digits}")
  file(CONFIGURE OUTPUT embedded/${function}.cc @ONLY CONTENT [=[
#include <string_view>

namespace timewait {
namespace {

constexpr unsigned char kBytes[] = {@bytes@};

}  // namespace

std::string_view @function@();

std::string_view @function@() {
  return {reinterpret_cast<const char*>(kBytes), sizeof kBytes};
}

}  // namespace timewait
]=])
  target_sources(${target} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/embedded/${function}.cc)
endfunction()
