package dev.postern.app.settings;

import dev.postern.intake.milter.MilterSettings;
import dev.postern.intake.mtahooks.MtaHooksSettings;
import dev.postern.intake.rspamd.RspamdSettings;
import dev.postern.quarantine.amavis.AmavisSettings;
import dev.postern.quarantine.exim.EximSettings;
import dev.postern.quarantine.google.GoogleSettings;
import dev.postern.quarantine.m365.M365Settings;
import dev.postern.quarantine.mailbox.MailboxSettings;
import dev.postern.quarantine.mailcow.MailcowSettings;
import dev.postern.quarantine.postfix.PostfixSettings;
import dev.postern.quarantine.proxmox.ProxmoxSettings;
import dev.postern.quarantine.rspamd.TeacherSettings;
import java.util.Optional;
import java.util.Set;

/**
 * The mail systems that hold mail, besides Postern itself.
 *
 * @param milter empty when it is off
 * @param postfix empty when its hold queue is not followed
 * @param exim empty when its frozen messages are not followed
 * @param amavis empty when its quarantine is not followed
 * @param mailbox empty when no quarantine mailbox is followed
 * @param rspamd what its exporter may push; empty when it is off
 * @param teacher where rspamd learns from decisions; empty when it does not
 * @param proxmox empty when no Proxmox Mail Gateway is followed
 * @param mailcow empty when no mailcow is followed
 * @param hooks what Stalwart may ask; empty when it is off
 * @param m365 empty when its quarantine is not followed
 * @param google empty when its quarantine is not followed
 * @param canary flies at start; empty where none does
 * @param retired names of mail systems that are not followed any more, whose cases end
 */
public record MailSettings(
    Optional<MilterSettings> milter,
    Optional<PostfixSettings> postfix,
    Optional<EximSettings> exim,
    Optional<AmavisSettings> amavis,
    Optional<MailboxSettings> mailbox,
    Optional<RspamdSettings> rspamd,
    Optional<TeacherSettings> teacher,
    Optional<ProxmoxSettings> proxmox,
    Optional<MailcowSettings> mailcow,
    Optional<MtaHooksSettings> hooks,
    Optional<M365Settings> m365,
    Optional<GoogleSettings> google,
    Optional<CanaryPlan> canary,
    Set<String> retired) {
  /** Copies the names, so that they never change. */
  public MailSettings {
    retired = Set.copyOf(retired);
  }
}
