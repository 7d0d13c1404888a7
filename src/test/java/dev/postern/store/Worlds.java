package dev.postern.store;

import dev.postern.approval.Directory;
import java.nio.file.Path;

/** Worlds for tests of other rooms. */
public final class Worlds {
  private Worlds() {}

  /** In memory, where DNS knows no name. */
  public static World inMemory(Directory people) {
    return new World(Databases.MEMORY, people, Dnses.NOTHING);
  }

  /** On H2 in a folder, where DNS knows no name. */
  public static World onH2(Path folder, Directory people) {
    return new World(Databases.h2(folder), people, Dnses.NOTHING);
  }
}
