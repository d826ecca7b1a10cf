#pragma once

namespace timewait {

/// For a cell without a pid namespace, which would end what is in it. Forks and returns in the
/// child, where the cell is to be played; the caller becomes its guard and never returns. When the
/// child has ended, or the process of the pidfd `harness` has, or SIGTERM comes, the guard ends
/// everything below it, daemons included, and then itself as the child did. `output` it closes.
/// Neither the guard nor the child is ended by what a terminal sends.
void go_on_under_guard(int harness, int output);

}  // namespace timewait
