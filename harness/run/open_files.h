#pragma once

namespace timewait {

/// Throws CannotRunHere when this process may not have as many files open as `parallel` cells at a
/// time need, 0 for one on each core: said once before anything begins rather than by every cell.
void check_open_files(int parallel);

}  // namespace timewait
