package dev.firn.cdc.pgoutput;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.cdc.pgoutput.Message.Begin;
import dev.firn.cdc.pgoutput.Message.Commit;
import dev.firn.cdc.pgoutput.Message.Delete;
import dev.firn.cdc.pgoutput.Message.Emitted;
import dev.firn.cdc.pgoutput.Message.Insert;
import dev.firn.cdc.pgoutput.Message.Origin;
import dev.firn.cdc.pgoutput.Message.Relation;
import dev.firn.cdc.pgoutput.Message.Truncate;
import dev.firn.cdc.pgoutput.Message.Update;
import dev.firn.contract.ReplicaIdentity;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageDecoderTest {

  private static final long MICROSECOND = 839_906_400_123_456L;
  private static final Instant TIME = Instant.parse("2026-08-13T03:20:00.123456Z");

  @Test
  void beginAnnouncesTheCommit() {
    Message begin = decode(bytes('B').putLong(0x16D53A8).putLong(MICROSECOND).putInt(-1));

    assertEquals(new Begin(0x16D53A8, TIME, 4294967295L), begin);
  }

  @Test
  void commitHasItsBeginningAndItsEnd() {
    Message commit =
        decode(bytes('C').put((byte) 0).putLong(100).putLong(150).putLong(MICROSECOND));

    assertEquals(new Commit(100, 150, TIME), commit);
  }

  @Test
  void relationHasItsColumnsInOrder() {
    ByteBuffer message = bytes('R').putInt(-2);
    string(message, "public");
    string(message, "Bảng");
    message.put((byte) 'd').putShort((short) 2);
    message.put((byte) 1);
    string(message, "id").putInt(23).putInt(-1);
    message.put((byte) 0);
    string(message, "note").putInt(1043).putInt(24);

    assertEquals(
        new Relation(
            4294967294L,
            "public",
            "Bảng",
            ReplicaIdentity.DEFAULT,
            List.of(
                new RelationColumn("id", 23, -1, true),
                new RelationColumn("note", 1043, 24, false))),
        decode(message));
  }

  @Test
  void insertDistinguishesNullFromEmptyText() {
    ByteBuffer message = bytes('I').putInt(7).put((byte) 'N').putShort((short) 3);
    text(message, "1");
    message.put((byte) 'n');
    text(message, "");

    Insert insert = (Insert) decode(message);

    assertEquals(7, insert.relation());
    assertEquals("1", insert.row().text(0));
    assertTrue(insert.row().isNull(1));
    assertEquals("", insert.row().text(2));
  }

  @Test
  void updateMayHaveAnOldKeyAndUnchangedValues() {
    ByteBuffer message = bytes('U').putInt(7).put((byte) 'K').putShort((short) 2);
    text(message, "1");
    message.put((byte) 'n').put((byte) 'N').putShort((short) 2);
    text(message, "2");
    message.put((byte) 'u');

    Update update = (Update) decode(message);

    assertFalse(update.old().orElseThrow().isFull());
    assertEquals("1", update.old().orElseThrow().row().text(0));
    assertEquals("2", update.row().text(0));
    assertTrue(update.row().isUnchanged(1));
    assertFalse(update.row().isNull(1));
  }

  @Test
  void deleteMayHaveTheFullOldRow() {
    ByteBuffer message = bytes('D').putInt(7).put((byte) 'O').putShort((short) 1);
    text(message, "Thừa Thiên Huế");

    Delete delete = (Delete) decode(message);

    assertTrue(delete.old().isFull());
    assertEquals("Thừa Thiên Huế", delete.old().row().text(0));
  }

  @Test
  void theOtherMessagesAreReadToTheirEnd() {
    assertEquals(
        new Truncate(List.of(7L, 8L)),
        decode(bytes('T').putInt(2).put((byte) 1).putInt(7).putInt(8)));
    assertEquals(new Origin(5, "o"), decode(string(bytes('O').putLong(5), "o")));
    ByteBuffer emitted = string(bytes('M').put((byte) 1).putLong(9), "firn");
    assertEquals(new Emitted(9, "firn"), decode(emitted.putInt(2).put(new byte[2])));
    assertEquals(
        new Message.Type(9, "public", "mood"),
        decode(string(string(bytes('Y').putInt(9), "public"), "mood")));
  }

  @Test
  void aMessageThatIsNotOfTheProtocolIsAnError() {
    assertProblem("its type is not known: '?'", bytes('?'));
    assertProblem("bytes follow message 'O': 1", string(bytes('O').putLong(5), "o").put((byte) 0));
    assertProblem("message ends too early: 'B'", bytes('B').putLong(5));
    ByteBuffer lies = bytes('I').putInt(7).put((byte) 'N').putShort((short) 1);
    assertProblem("message ends too early: 'I'", lies.put((byte) 't').putInt(99).put((byte) 'x'));
    ByteBuffer binary = bytes('I').putInt(7).put((byte) 'N').putShort((short) 1);
    assertProblem("n, u or t is expected of a value: 'b'", binary.put((byte) 'b').putInt(0));
  }

  @Test
  void aMessageWithoutContentIsAnOriginThatWasDropped() {
    assertEquals(new Origin(0, ""), MessageDecoder.decode(ByteBuffer.allocate(0)));
  }

  @Test
  void aMessageOfALaterProtocolVersionIsNamed() {
    for (char type : "SEcA".toCharArray()) {
      assertProblem(
          "'%c' belongs to transactions streamed in progress, which protocol version 1 does not have"
              .formatted(type),
          bytes(type));
    }
    for (char type : "bPKrp".toCharArray()) {
      assertProblem(
          "'%c' belongs to two-phase commit, which protocol version 1 does not have"
              .formatted(type),
          bytes(type));
    }
  }

  private static void assertProblem(String problem, ByteBuffer message) {
    ProtocolException thrown = assertThrows(ProtocolException.class, () -> decode(message));
    assertEquals("Cannot decode replication message: " + problem, thrown.getMessage());
  }

  private static Message decode(ByteBuffer message) {
    return MessageDecoder.decode(message.flip());
  }

  private static ByteBuffer bytes(char type) {
    return ByteBuffer.allocate(200).put((byte) type);
  }

  private static ByteBuffer string(ByteBuffer message, String text) {
    return message.put(text.getBytes(StandardCharsets.UTF_8)).put((byte) 0);
  }

  private static void text(ByteBuffer message, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    message.put((byte) 't').putInt(bytes.length).put(bytes);
  }
}
