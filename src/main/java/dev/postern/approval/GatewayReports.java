package dev.postern.approval;

import dev.postern.evidence.GatewayReport;
import java.time.Instant;

/** What gateways say of mail that another system holds, or will hold, or never gets to hold. */
public interface GatewayReports {

  /**
   * Keeps what is said of a hold, in place of what was said before; cards that show the hold are
   * drawn again. Durable when it returns.
   */
  void keep(HoldRef hold, GatewayReport report, Instant now);
}
