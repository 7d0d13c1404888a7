package dev.postern.app.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code postern audit}. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    versionProvider = PosternCommand.Version.class,
    header = "Exports, verifies and proves the tamper-evident log.",
    synopsisHeading = "%nUsage: ",
    descriptionHeading = "%n",
    description =
        "Works with the log of who decided what, and shows whether anybody changed it afterwards"
            + " (docs/operating.md, \"The log as proof\").",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  postern audit export --out log.jsonl",
      "  postern audit verify log.jsonl --key postern.pub",
      "  postern audit prove PN-7F3K-2QXD --out case.tlog-proof"
    })
final class AuditCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Which command of audit?");
  }
}
