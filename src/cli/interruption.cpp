#include "cli/interruption.hpp"

#include <csignal>

namespace attest::cli {
namespace {

volatile std::sig_atomic_t interrupted = 0;

extern "C" void note_interruption(int /*signal*/)
{
    interrupted = 1;
}

void handle(int signal, void (*handler)(int))
{
    struct sigaction action = {};
    action.sa_handler = handler;
    action.sa_flags = static_cast<int>(SA_RESETHAND);
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
    return interrupted != 0;
}

} // namespace attest::cli
