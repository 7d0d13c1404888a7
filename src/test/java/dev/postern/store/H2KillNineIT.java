package dev.postern.store;

/** On H2, whose own defaults would lose rows here. */
final class H2KillNineIT extends KillNineContract {
  @Override
  String database() {
    return "h2";
  }
}
