package dev.postern.app;

import dev.postern.fake.FakeHttp;
import dev.postern.quarantine.mailcow.FakeMailcow;
import java.util.List;

/** Behind mailcow (docs/mail/mailcow.md). */
class MailcowIT extends RemoteFollowContract {
  private static final String MESSAGE = "From: <ben@partner.example>\nSubject: order\n\nHello\n";

  private final FakeMailcow mailcow;

  MailcowIT() {
    FakeMailcow service = new FakeMailcow();
    this.mailcow = service;
    super(
        new FakeHttp(service),
        new Gateway(
            "mailcow",
            new Place("mailcow.md", "https://mail.firm.example"),
            new Place("mailcow-api-key", FakeMailcow.KEY),
            "POST edit/qitem",
            "DMARC_POLICY_REJECT",
            List.of(FakeMailcow.KEY)));
  }

  @Override
  String held(String receiver) {
    return mailcow.idOf(mailcow.hold("ben@partner.example", receiver, MESSAGE));
  }

  @Override
  void delete(String id) {
    mailcow.delete(Integer.parseInt(id.substring(0, id.indexOf('.'))));
  }

  @Override
  List<String> delivered() {
    return mailcow.delivered();
  }
}
