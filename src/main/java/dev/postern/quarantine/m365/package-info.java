/**
 * The quarantine of Exchange Online and Defender for Office 365, by the cmdlets of Exchange Online
 * PowerShell over the REST address that Microsoft's own module speaks to.
 */
@NullMarked
package dev.postern.quarantine.m365;

import org.jspecify.annotations.NullMarked;
