# The libtorch that TORCH_ROOT names, or the system's, and how a library is built against it.
# libtorch's own CMake package is not used: with a CUDA libtorch it insists on a CUDA toolkit, which nothing here needs.

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

set(TORCH_ROOT "" CACHE PATH "Folder holding include/ and lib/ of a libtorch; empty means the system's")
if(TORCH_ROOT)
  set(search PATHS "${TORCH_ROOT}" NO_DEFAULT_PATH)
endif()
find_path(TORCH_INCLUDE ATen/ATen.h ${search} PATH_SUFFIXES include)
find_path(TORCH_API_INCLUDE torch/version.h ${search}
  PATH_SUFFIXES include/torch/csrc/api/include torch/csrc/api/include)
foreach(name torch torch_cpu c10)
  find_library(LIB_${name} ${name} ${search} PATH_SUFFIXES lib)
endforeach()
if(NOT TORCH_INCLUDE OR NOT TORCH_API_INCLUDE OR NOT LIB_torch OR NOT LIB_torch_cpu OR NOT LIB_c10)
  message(FATAL_ERROR "No libtorch found (TORCH_ROOT='${TORCH_ROOT}'). Install libtorch-dev, or name one with -DTORCH_ROOT=<folder>.")
endif()
get_filename_component(TORCH_LIB_DIR "${LIB_torch}" DIRECTORY)

# From 2.10 on torch/version.h only includes the header that has the numbers (pytorch/pytorch, pull request 164381).
set(version_header "${TORCH_INCLUDE}/torch/headeronly/version.h")
if(NOT EXISTS "${version_header}")
  set(version_header "${TORCH_API_INCLUDE}/torch/version.h")
endif()
file(STRINGS "${version_header}" version_lines REGEX "define TORCH_VERSION_(MAJOR|MINOR) ")
if(NOT version_lines MATCHES "MAJOR ([0-9]+)")
  message(FATAL_ERROR "${version_header} does not tell the version of libtorch.")
endif()
set(TORCH_MAJOR ${CMAKE_MATCH_1})
if(NOT version_lines MATCHES "MINOR ([0-9]+)")
  message(FATAL_ERROR "${version_header} does not tell the version of libtorch.")
endif()
set(TORCH_MINOR ${CMAKE_MATCH_1})
if("${TORCH_MAJOR}.${TORCH_MINOR}" VERSION_LESS 1.13)
  message(FATAL_ERROR "libtorch ${TORCH_MAJOR}.${TORCH_MINOR} in ${TORCH_LIB_DIR} is too old: 1.13 or later is needed. Name another with LIBTORCH=<folder>.")
endif()
message(STATUS "libtorch ${TORCH_MAJOR}.${TORCH_MINOR} in ${TORCH_LIB_DIR}")

# The headers ask for C++20 from 2.14 on; older ones are only known to compile as C++17.
if(TORCH_MAJOR GREATER 2 OR (TORCH_MAJOR EQUAL 2 AND TORCH_MINOR GREATER 13))
  set(CMAKE_CXX_STANDARD 20)
else()
  set(CMAKE_CXX_STANDARD 17)
endif()
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

# use_libtorch(TARGET): its headers, its libraries, its std::string.
function(use_libtorch target)
  target_include_directories(${target} SYSTEM PRIVATE "${TORCH_INCLUDE}" "${TORCH_API_INCLUDE}")
  target_link_libraries(${target} PRIVATE "${LIB_torch}" "${LIB_torch_cpu}" "${LIB_c10}")
  set_target_properties(${target} PROPERTIES BUILD_RPATH "${TORCH_LIB_DIR}")
  # PyTorch wheels before 2.6 use the older std::string; a library built with the other one would not link.
  execute_process(COMMAND ${CMAKE_NM} -D "${LIB_c10}" OUTPUT_VARIABLE symbols ERROR_QUIET)
  if(symbols MATCHES "__cxx11")
    target_compile_definitions(${target} PRIVATE _GLIBCXX_USE_CXX11_ABI=1)
  else()
    target_compile_definitions(${target} PRIVATE _GLIBCXX_USE_CXX11_ABI=0)
  endif()
endfunction()
