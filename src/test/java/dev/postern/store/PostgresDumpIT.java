package dev.postern.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.postern.approval.CaseId;
import dev.postern.approval.CaseState;
import dev.postern.approval.People;
import dev.postern.approval.Quarantine;
import dev.postern.audit.LogVerifier;
import dev.postern.audit.SigningKey;
import dev.postern.audit.Verdict.Whole;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/operating.md tells to do on PostgreSQL, with the tools that Debian has. */
class PostgresDumpIT {
  @TempDir private Path folder;

  @BeforeAll
  static void thereAreTools() {
    boolean there = Files.isExecutable(Path.of("/usr/bin/pg_dump"));
    if (!there && System.getenv("CI") != null) {
      throw new AssertionError("pg_dump is not installed: apt-get install postgresql-client");
    }
    Assumptions.assumeTrue(there, "SKIPPED: pg_dump is not installed (postgresql-client)");
  }

  @Test
  void P7_aDumpGoesOnInAnotherDatabase_andWhatWasDecidedIsLookedUp() throws Exception {
    SigningKey key = SigningKey.generate("postern/log", new SecureRandom());
    Store.Access from = Databases.postgres();
    Path dump = folder.resolve("postern.dump");
    CaseId asking;
    CaseId decided;
    try (World world = new World(from, new People().and("kim"), Dnses.NOTHING)) {
      asking = world.held("m1");
      decided = world.held("m2");
      world.release(decided, "kim");
      world.store().sequencer(key, _ -> {}, () -> world.now).number();
      run(from, "pg_dump", "--format=custom", "--file=" + dump);
    }
    Store.Access to = Databases.emptyPostgres();
    run(to, "pg_restore", "--exit-on-error", "--dbname=" + name(to), dump.toString());
    Jdbi.create(to.url())
        .useHandle(h -> h.execute("UPDATE effect SET state = 'CALLING' WHERE state = 'DUE'"));

    try (World world = new World(to, new People().and("kim"), Dnses.NOTHING)) {
      LogVerifier verifier = new LogVerifier(key.verifier());
      StoredLog.of(to).check(verifier, verifier);
      assertThat(verifier.verdict()).isInstanceOf(Whole.class);
      world.quarantine.stands = Quarantine.Standing.UNKNOWN;
      world.effects.carryOut(1);
      assertThat(world.quarantine.calls).isEmpty();
      assertThat(world.find(decided).state()).isEqualTo(CaseState.FAILED);
      world.release(asking, "kim");
      assertThat(world.find(asking).state()).isEqualTo(CaseState.DECIDED);
    }
  }

  private static String name(Store.Access access) {
    return uri(access).getPath().substring(1);
  }

  private static URI uri(Store.Access access) {
    return URI.create(access.url().substring("jdbc:".length()));
  }

  private static void run(Store.Access access, String... command)
      throws IOException, InterruptedException {
    URI uri = uri(access);
    Stream<String> where =
        Stream.of("--host=" + uri.getHost(), "--port=" + uri.getPort(), "--username=postgres");
    Stream<String> rest = Arrays.stream(command).skip(1);
    Stream<String> database =
        command[0].equals("pg_dump") ? Stream.of("--dbname=" + name(access)) : Stream.of();
    ProcessBuilder builder =
        new ProcessBuilder(
                Stream.of(Stream.of("/usr/bin/" + command[0]), where, database, rest)
                    .flatMap(s -> s)
                    .toList())
            .inheritIO();
    assertThat(builder.start().waitFor()).as(command[0]).isZero();
  }
}
