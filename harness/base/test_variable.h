#pragma once

#include <stdlib.h>

#include <optional>
#include <string>

namespace timewait {

/// An environment variable that has a value, or none, as long as this object lives; for tests.
class TestVariable {
 public:
  TestVariable(const char* name, const char* value) : name_(name) {
    if (const char* old = ::getenv(name)) old_ = old;
    set(value);
  }
  TestVariable(const TestVariable&) = delete;
  TestVariable& operator=(const TestVariable&) = delete;
  ~TestVariable() { set(old_ ? old_->c_str() : nullptr); }

 private:
  void set(const char* value) const {
    value != nullptr ? ::setenv(name_, value, 1) : ::unsetenv(name_);
  }

  const char* name_;
  std::optional<std::string> old_;
};

}  // namespace timewait
