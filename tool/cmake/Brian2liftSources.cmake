# cmake -DPROJECT=folder -DLIST=file -P Brian2liftSources.cmake
#
# Lists the sources below PROJECT. LIST stays as old as it is when it already
# says so. A file that brian2lift does not read costs no more than one reading
# too many.
cmake_policy(VERSION 3.21)
string(REPLACE "[" "[[]" Pattern "${PROJECT}")
set(Patterns)
foreach(Extension c cc cpp cu cuh h hpp)
  list(APPEND Patterns "${Pattern}/*.${Extension}")
endforeach()
file(GLOB_RECURSE Sources LIST_DIRECTORIES false ${Patterns})
list(JOIN Sources "\n" Now)
set(Before)
if(EXISTS "${LIST}")
  file(READ "${LIST}" Before)
endif()
if(NOT Now STREQUAL Before OR NOT EXISTS "${LIST}")
  file(WRITE "${LIST}" "${Now}")
endif()
