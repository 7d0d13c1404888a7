package dev.postern.evidence.authres;

/** What came of reading a field. */
public sealed interface Reading {

  /** Who signs the field; empty where not even that could be read. Hostile. */
  String authservId();

  /**
   * The field could be read.
   *
   * @param field what it says
   */
  record Understood(AuthenticationResults field) implements Reading {
    @Override
    public String authservId() {
      return field.authservId();
    }
  }

  /**
   * The field breaks the grammar, so that nothing in it is believed.
   *
   * @param authservId what stood before the flaw; other programs may be less strict, so a field
   *     that looks like ours is one to tell of
   * @param problem what is wrong, in our words
   * @param position of the character where it goes wrong, from 0
   */
  record Garbled(String authservId, String problem, int position) implements Reading {}
}
