#include "cli/interruption.hpp"

#include "cli/exit_status.hpp"

#include <csignal>

#include <unistd.h>

namespace attest::cli {
namespace {

// A terminal, a shell and a wrapper such as timeout may each send the signal once for one key
// press.
constexpr int impatient = 3;

// A signal handler can reach nothing else.
volatile std::sig_atomic_t interruptions = 0; // NOLINT(*-non-const-global-variables)

extern "C" void note_interruption(int /*signal*/)
{
    interruptions = interruptions + 1;
    if (interruptions >= impatient) {
        ::_exit(static_cast<int>(ExitStatus::Interrupted));
    }
}

void handle(int signal, void (*handler)(int))
{
    struct sigaction action = {};
    action.sa_handler = handler;
    ::sigaction(signal, &action, nullptr);
}

} // namespace

InterruptionGuard::InterruptionGuard()
{
    handle(SIGINT, note_interruption);
    handle(SIGTERM, note_interruption);
}

InterruptionGuard::~InterruptionGuard()
{
    handle(SIGINT, SIG_DFL);
    handle(SIGTERM, SIG_DFL);
}

bool InterruptionGuard::requested() noexcept
{
    return interruptions != 0;
}

} // namespace attest::cli
