package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

final class MemoryFreezeTest extends FreezeContract {
  @Override
  Store.Access database() {
    return Databases.MEMORY;
  }

  @Override
  void logged(List<String> told) {
    assertThat(told).isEmpty();
  }
}
