package dev.postern.app.settings;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A value as somebody gave it.
 *
 * @param name the setting, dotted
 * @param text the value, never blank
 * @param where for complaints: file and line, or the variable of the environment
 * @param file that it stands in; empty for the environment
 */
record Given(String name, String text, String where, Optional<Path> file) {}
