package dev.postern.web;

import dev.postern.approval.Person;
import dev.postern.approval.Reading;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a backup of the store to an administrator: only the process that has an H2 database open
 * can read it. It is made beside the data first, so that a slow reader holds nothing up. Keys are
 * not in it; they never go over the network.
 */
public final class BackupApi {
  private static final Logger LOG = LoggerFactory.getLogger(BackupApi.class);

  private final ApiGate gate;
  private final Maker maker;
  private final Path scratch;
  private final AtomicBoolean busy = new AtomicBoolean();

  /** Makes a backup. */
  public interface Maker {

    /**
     * Writes it into a file that is there and empty.
     *
     * @throws IOException when it cannot; the message is for the administrator
     */
    void make(Path into) throws IOException;
  }

  /**
   * Takes its parts.
   *
   * @param tokens the person of an access token
   * @param folder where there is room for a backup, readable by this process only
   */
  public BackupApi(Function<String, Optional<Person>> tokens, Maker maker, Path folder) {
    this.gate = new ApiGate(tokens);
    this.maker = maker;
    this.scratch = folder.resolve("backup.part");
  }

  /** Adds the address. */
  public void register(RoutesConfig routes) {
    routes.get("/v1/backup", gate.person(this::backup));
  }

  private void backup(Context ctx, Person person) {
    if (!Reading.admin(person)) {
      new ApiProblem(403, "Only members of the group admins may take a backup.", "", "").write(ctx);
    } else if (!busy.compareAndSet(false, true)) {
      new ApiProblem(409, "Another backup is being made. Wait until it is done.", "", "")
          .write(ctx);
    } else {
      try {
        made(ctx, person);
      } finally {
        busy.set(false);
      }
    }
  }

  private void made(Context ctx, Person person) {
    try {
      try {
        Files.deleteIfExists(scratch); // of a process that was killed
        Files.createFile(
            scratch,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        maker.make(scratch);
      } catch (IOException full) {
        LOG.atError().addKeyValue("why", full.getMessage()).log("backup failed");
        new ApiProblem(507, "Postern cannot make a backup: " + full.getMessage(), "", "")
            .write(ctx);
        return;
      }
      // Before the first octet: a part of a backup is given, too.
      LOG.atInfo().addKeyValue("person", person.id()).log("backup is given");
      send(ctx);
    } catch (IOException goneAway) {
      LOG.info("whoever asked for a backup has gone away: {}", goneAway.toString());
    } finally {
      delete();
    }
  }

  /** Past Javalin, which would compress it once more. */
  private void send(Context ctx) throws IOException {
    try (InputStream in = Files.newInputStream(scratch)) {
      ctx.res().setContentType("application/zip");
      ctx.res().setContentLengthLong(Files.size(scratch));
      in.transferTo(ctx.res().getOutputStream());
    }
  }

  private void delete() {
    try {
      Files.deleteIfExists(scratch);
    } catch (IOException left) {
      LOG.warn("{} could not be deleted; the next backup does", scratch, left);
    }
  }
}
