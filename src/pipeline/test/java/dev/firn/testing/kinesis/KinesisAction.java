package dev.firn.testing.kinesis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;

/** Carries out a request of the Kinesis API; the answer is its body. */
@FunctionalInterface
interface KinesisAction {

  ObjectNode answer(JsonNode request, WireFormat format) throws IOException;
}
