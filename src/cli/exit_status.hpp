#pragma once

namespace attest::cli {

/// What the program tells the shell.
enum class ExitStatus : int {
    Success = 0,       ///< every claim decided at the recorded level or better
    Regression = 1,    ///< a verdict got weaker, or two routes disagree
    InputError = 2,    ///< usage or input error; one line on stderr says which value and range
    InternalError = 3, ///< a defect of the suite
    Interrupted = 130  ///< stopped by SIGINT or SIGTERM; what was finished is saved
};

} // namespace attest::cli
