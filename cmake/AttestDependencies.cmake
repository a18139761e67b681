# Everything comes from Debian packages by name; scripts/install-dependencies lists them.
find_package(Boost 1.81 REQUIRED)
find_package(Eigen3 3.4 REQUIRED NO_MODULE)
find_package(fmt 9 REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(CLI11 2.1 REQUIRED)
find_package(Threads REQUIRED)
include(AttestNumberLibraries)
attest_find_c_library(hdf5 hdf5.h hdf5_serial hdf5) # of the program alone
# Headers alone, and only the library's own sources include them.
find_path(ATTEST_random123_INCLUDE Random123/philox.h REQUIRED)
mark_as_advanced(ATTEST_random123_INCLUDE)
