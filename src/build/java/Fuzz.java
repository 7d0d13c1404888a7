import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs the fuzz targets of src/test one after another, each by Jazzer in a JVM of its own with
 * little heap, so that growth is found as well. Ends with 1 if a target broke.
 */
public final class Fuzz {
  private static final Path SEEDS = Path.of("src/test/resources/fuzz");
  private static final Path WORK = Path.of("target/fuzz");

  private Fuzz() {}

  /** Entry point: {@code Fuzz RUNS TRACE LENGTH TARGET}; an empty target means all. */
  public static void main(String[] args) throws Exception {
    List<String> broken = new ArrayList<>();
    for (Path target : targets(args[3])) {
      String name = target.getFileName().toString().replace(".java", "");
      Instant begin = Instant.now();
      int exit = run(className(target), name, args);
      long seconds = Math.max(1, Duration.between(begin, Instant.now()).toSeconds());
      long speed = Long.parseLong(args[0]) / seconds;
      System.out.printf(
          "fuzz %s %s%n",
          name,
          exit == 0
              ? args[0] + " executions, " + speed + " a second"
              : "BROKEN: see " + WORK.resolve(name + ".log"));
      if (exit != 0) {
        broken.add(name);
      }
    }
    for (String name : broken) {
      System.out.printf(
          "keep %s as %s%n", WORK.resolve(name).resolve("crash-*"), SEEDS.resolve(name));
    }
    System.exit(broken.isEmpty() ? 0 : 1);
  }

  private static List<Path> targets(String only) throws IOException {
    try (Stream<Path> walk = Files.walk(Path.of("src/test/java"))) {
      return walk.filter(file -> file.toString().endsWith("Fuzz.java"))
          .filter(file -> only.isEmpty() || file.endsWith(only + ".java"))
          .sorted()
          .toList();
    }
  }

  private static String className(Path target) {
    String file = Path.of("src/test/java").relativize(target).toString();
    return file.replace(".java", "").replace('/', '.');
  }

  private static int run(String className, String name, String[] args) throws Exception {
    Path corpus = Files.createDirectories(WORK.resolve(name).resolve("corpus"));
    try (Stream<Path> seeds = Files.list(SEEDS.resolve(name))) {
      for (Path seed : seeds.toList()) {
        Files.copy(seed, corpus.resolve(seed.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-XX:+EnableDynamicAgentLoading",
            "-XX:+UseSerialGC",
            "-Xmx512m",
            "-classpath",
            System.getProperty("java.class.path"),
            "com.code_intelligence.jazzer.Jazzer",
            "--target_class=" + className,
            "--instrumentation_includes=dev.postern.**",
            "--custom_hook_excludes=**",
            "--trace=" + args[1],
            "--reproducer_path=" + WORK.resolve(name),
            "-artifact_prefix=" + WORK.resolve(name) + "/",
            "-runs=" + args[0],
            "-max_len=" + args[2],
            "-timeout=60",
            "-rss_limit_mb=2048",
            "-print_final_stats=1",
            corpus.toString())
        .redirectErrorStream(true)
        .redirectOutput(WORK.resolve(name + ".log").toFile())
        .start()
        .waitFor();
  }
}
