package dev.postern.app.settings;

import dev.postern.policy.PolicyFiles;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;

/** The folder of a policy file; remembers which files of it were read. Not for many threads. */
public final class PolicyFolder implements PolicyFiles {
  private static final long LARGEST = 32L * 1024 * 1024;

  private final Path file;
  private final Path folder;
  private final Map<Path, String> read = new LinkedHashMap<>();

  /** The folder of this policy file. */
  public PolicyFolder(Path file) {
    this.file = file;
    this.folder = file.toAbsolutePath().resolveSibling(".").normalize();
  }

  /** The text of the policy file itself. */
  String first() throws IOException {
    return text(file, "the policy file " + file);
  }

  @Override
  public String read(String name) throws IOException {
    Path path = folder.resolve(name).normalize();
    return text(path, "the file " + name + " beside the policy");
  }

  private String text(Path path, String what) throws IOException {
    // Before it is read: what changes meanwhile is then seen as a change.
    read.put(path, stamp(path));
    String away = "there is no readable " + what.replaceFirst("^the ", "");
    if (!Files.isRegularFile(path)) {
      throw new IOException(away);
    }
    if (Files.size(path) > LARGEST) {
      throw new IOException(what + " is larger than 32 MiB");
    }
    try {
      return Files.readString(path);
    } catch (CharacterCodingException notUtf8) {
      throw new IOException(what + " is not UTF-8", notUtf8);
    } catch (IOException unreadable) {
      throw new IOException(away, unreadable);
    }
  }

  /**
   * What tells a file from what it was before, of each file that was read. A file that is away is
   * told from one that is there.
   */
  public Map<Path, String> stamps() {
    Map<Path, String> stamps = new LinkedHashMap<>();
    read.keySet().forEach(path -> stamps.put(path, stamp(path)));
    return stamps;
  }

  /** The same as it was right before each was read. */
  public Map<Path, String> asRead() {
    return Map.copyOf(read);
  }

  private static String stamp(Path path) {
    try {
      BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
      return now.lastModifiedTime() + " " + now.size() + " " + now.fileKey();
    } catch (IOException away) {
      return "away";
    }
  }
}
