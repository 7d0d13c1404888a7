package dev.postern.app.bench.clicks;

import java.io.IOException;
import java.nio.file.Path;

/** The Postern that is measured, over all its lives. */
final class Subject implements AutoCloseable {
  private final Path folder;
  private final Target target;
  private PosternProcess process;
  private double spentBefore;

  /** Starts it. */
  Subject(Path folder) throws IOException {
    this.folder = folder;
    this.process = PosternProcess.start(folder);
    this.target = new Target(process.port());
  }

  Target target() {
    return target;
  }

  PosternProcess process() {
    return process;
  }

  /** Processor time of all lives. */
  double cpuSeconds() {
    return spentBefore + process.cpu().toMillis() / 1000.0;
  }

  /** Kills it and starts it again on what it left behind. */
  void revive() throws IOException, InterruptedException {
    spentBefore = cpuSeconds();
    process.kill();
    process = PosternProcess.start(folder);
    target.moves(process.port());
  }

  @Override
  public void close() {
    process.close();
  }
}
