# Reads a project into a file of JSON as a step of a build:
#
#   find_package(brian2lift REQUIRED)
#   brian2lift_collect(TARGET model PROJECT output OUTPUT model.json
#                      CHECK golden.json ARGS --werror)
#
#   TARGET   a new target, part of `all`, that makes OUTPUT
#   PROJECT  the folder that Brian2 wrote; relative to the source folder
#   OUTPUT   the file to make; relative to the binary folder
#   CHECK    a file of JSON; the build fails when the model is not this one's;
#            relative to the source folder
#   DEPFILE  leave the rule for make and ninja beside OUTPUT, as OUTPUT.d
#   DEPENDS  targets and files that make the project
#   ARGS     further options of brian2lift, and at the end `-- FLAGS`
#
# It is read again when a file that was read has changed (the program writes a
# dependency file), when a source has come, gone or got another name, and when
# options, golden file or program have changed.

function(brian2lift_collect)
  # DEPFILE is to mean the same however old the caller's policies are.
  cmake_policy(PUSH)
  cmake_policy(VERSION 3.21)
  cmake_parse_arguments(PARSE_ARGV 0 Arg "DEPFILE"
    "TARGET;PROJECT;OUTPUT;CHECK" "ARGS;DEPENDS")
  foreach(Name TARGET PROJECT OUTPUT)
    if(NOT Arg_${Name})
      message(FATAL_ERROR "brian2lift_collect: ${Name} is missing")
    endif()
  endforeach()
  if(Arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR
      "brian2lift_collect: not understood: ${Arg_UNPARSED_ARGUMENTS}")
  endif()
  get_filename_component(Project "${Arg_PROJECT}" ABSOLUTE)
  get_filename_component(Output "${Arg_OUTPUT}" ABSOLUTE
    BASE_DIR "${CMAKE_CURRENT_BINARY_DIR}")
  set(Folder "${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/${Arg_TARGET}.collect")
  set(Depfile "${Folder}/depfile.d")
  if(Arg_DEPFILE)
    set(Depfile "${Output}.d")
  endif()

  set(Options)
  set(Golden)
  if(Arg_CHECK)
    get_filename_component(Golden "${Arg_CHECK}" ABSOLUTE)
    list(APPEND Options --check "${Golden}")
  endif()
  list(APPEND Options ${Arg_ARGS})

  # What a dependency file cannot say: that a source is new. Looked at in every
  # build; the list is written, and is newer, only when it has changed. Times of
  # folders would not do: a compiler leaves its object files there.
  set(Sources "${Folder}/sources.txt")
  add_custom_target(${Arg_TARGET}_sources
    COMMAND ${CMAKE_COMMAND} "-DPROJECT=${Project}" "-DLIST=${Sources}"
            -P "${CMAKE_CURRENT_FUNCTION_LIST_DIR}/Brian2liftSources.cmake"
    BYPRODUCTS "${Sources}"
    DEPENDS ${Arg_DEPENDS}
    COMMENT ""
    VERBATIM)

  # CMake's makefiles only ever add to what a dependency file says: a source that
  # is gone would have the model read in each build. What they remember goes.
  set(Forget)
  if(CMAKE_GENERATOR MATCHES "Makefiles")
    set(Forget COMMAND ${CMAKE_COMMAND} -E rm -f
      "${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/${Arg_TARGET}.dir/compiler_depend.internal")
  endif()

  add_custom_command(OUTPUT "${Output}"
    ${Forget}
    COMMAND brian2lift::brian2lift "${Project}" -o "${Output}"
            --depfile "${Depfile}" ${Options}
    DEPENDS "$<TARGET_FILE:brian2lift::brian2lift>" "${Sources}"
            ${Golden} ${Arg_DEPENDS}
    DEPFILE "${Depfile}"
    COMMENT "Reading the model of ${Arg_PROJECT}"
    VERBATIM)
  add_custom_target(${Arg_TARGET} ALL DEPENDS "${Output}")
  add_dependencies(${Arg_TARGET} ${Arg_TARGET}_sources)
  cmake_policy(POP)
endfunction()
