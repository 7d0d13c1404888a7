package dev.postern.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.postern.approval.GroupReading;
import dev.postern.approval.GroupReading.Member;
import dev.postern.approval.GroupReadings;
import dev.postern.approval.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/** One row for each user group. What a power cut takes with it is read again. */
record GroupRows(Jdbi jdbi) implements GroupReadings {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public Optional<GroupReading> last(String group) {
    return jdbi.withHandle(
        handle ->
            handle
                .createQuery("SELECT * FROM group_reading WHERE group_id = :group")
                .bind("group", group)
                .map(
                    (row, _) ->
                        new GroupReading(
                            group,
                            row.getString("tenant"),
                            Rows.instant(row, "read_at"),
                            members(row.getString("members"))))
                .findOne());
  }

  @Override
  public void keep(GroupReading reading) {
    // Whose row was inserted by somebody else meanwhile may still have the newer reading.
    if (!replaced(reading) && !added(reading)) {
      replaced(reading);
    }
  }

  private boolean replaced(GroupReading reading) {
    return put(
        """
        UPDATE group_reading SET tenant = :tenant, read_at = :at, members = :members
         WHERE group_id = :group AND read_at < :at
        """,
        reading);
  }

  private boolean added(GroupReading reading) {
    return put(
        """
        INSERT INTO group_reading (group_id, tenant, read_at, members)
        VALUES (:group, :tenant, :at, :members) ON CONFLICT DO NOTHING
        """,
        reading);
  }

  private boolean put(String sql, GroupReading reading) {
    return jdbi.withHandle(
        handle ->
            handle
                    .createUpdate(sql)
                    .bind("group", reading.group())
                    .bind("tenant", reading.tenant())
                    .bind("at", Rows.utc(reading.at()))
                    .bind("members", text(reading.members()))
                    .execute()
                == 1);
  }

  private static String text(List<Member> members) {
    ArrayNode list = JSON.createArrayNode();
    for (Member member : members) {
      ObjectNode one = list.addObject().put("user", member.user());
      member.barred().ifPresent(why -> one.put("barred", why.name()));
      member.email().ifPresent(email -> one.put("email", email.toString()));
    }
    return list.toString();
  }

  private static List<Member> members(String text) {
    try {
      List<Member> members = new ArrayList<>();
      for (JsonNode one : JSON.readTree(text)) {
        members.add(
            new Member(
                one.path("user").asText(),
                Optional.of(one.path("barred").asText(""))
                    .filter(why -> !why.isEmpty())
                    .map(Refusal::valueOf),
                Optional.of(one.path("email").asText(""))
                    .filter(it -> !it.isEmpty())
                    .map(Codec::address)));
      }
      return members;
    } catch (JsonProcessingException notOurs) {
      throw new StoreTrouble("a stored reading of a user group is no JSON", notOurs);
    }
  }
}
