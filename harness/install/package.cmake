# `cpack -G DEB` in a build folder makes the Debian package.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME timewait)
set(CPACK_PACKAGE_CONTACT "the timewait authors <authors@timewait.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "reproduce TIME_WAIT and prove what held the port")
set(CPACK_PACKAGE_DESCRIPTION
"A TCP server is restarted and bind() says \"Address already in use\". timewait
makes that moment happen on the running kernel, with real processes in a
sandbox: it closes or kills them in a scripted order, tries the port again
with and without SO_REUSEADDR, and prints what came of it, each time with the
socket state that the kernel's own table showed just before.
.
It has scenarios for all orders of closing and killing, a model of the kernel
that explains each outcome, reports in many formats, and a library and a CMake
package to test one's own programs.")
set(CPACK_PACKAGE_CHECKSUM SHA256)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_VERBATIM_VARIABLES ON)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_RELEASE 1)
set(CPACK_DEBIAN_PACKAGE_SECTION net)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
# What Debian has otherwise than `cmake --install`: changelog, copyright, compressed pages, zsh's folder.
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_CURRENT_LIST_DIR}/debian/finish_tree.cmake)
set(CPACK_TIMEWAIT_SOURCE_DIR ${CMAKE_SOURCE_DIR})
include(CPack)
