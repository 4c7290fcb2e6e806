# The Debian package, of what the preset `release` builds:
#
#   cd build-release && cpack -G DEB
#
# It depends on libraries alone: Clang and LLVM are linked in, and headers are not
# read.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_VENDOR "brian2lift")
# Whoever distributes the package gives their own address.
set(CPACK_PACKAGE_CONTACT "brian2lift maintainers <brian2lift@example.invalid>"
  CACHE STRING "Maintainer of the package")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY
  "recover Brian2 models from their generated C++")
set(CPACK_PACKAGE_DESCRIPTION
  "brian2lift reads the C++ that the simulator Brian2 generated (standalone,\n\
Brian2GeNN, Brian2CUDA) and prints the model as JSON, Markdown or HTML:\n\
equations, units, method, threshold, reset, refractoriness, clocks and runs.\n\
It compares models, too, and has a function for CMake. Nothing is compiled or run.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "cmake, python3-brian")
include(CPack)
