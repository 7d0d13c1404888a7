package dev.postern.quarantine.rspamd;

import java.net.URI;

/**
 * Where rspamd learns.
 *
 * @param controller address of its controller
 * @param password the controller's enable_password, or its only one; appears nowhere else
 */
public record TeacherSettings(URI controller, String password) {
  @Override
  public String toString() {
    return "TeacherSettings[" + controller + "]";
  }
}
