package dev.firn.testing.kinesis;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What goes wrong, switched on and off by a test at any time. Faults of whole requests are taken
 * one after the other, each by one request of its action: {@code PutRecords}, {@code GetRecords}.
 */
public final class KinesisFaults {

  /** What happens to one request. */
  enum OfRequest {
    NONE,
    INTERNAL_ERROR,
    UNAVAILABLE,
    THROTTLED,
    LOST_RESPONSE
  }

  public static final String PUT_RECORDS = "PutRecords";
  public static final String GET_RECORDS = "GetRecords";

  private final Map<String, Deque<OfRequest>> ofRequests = new HashMap<>();
  private final Map<String, Duration> delays = new HashMap<>();
  private int refusedEvery;
  private boolean throttled;
  private Random shuffle;
  private int acceptedPerSecond = Integer.MAX_VALUE;
  private Instant second = Instant.EPOCH;
  private int acceptedInSecond;
  private Instant iteratorsExpireBefore = Instant.EPOCH;

  /** The n-th, 2n-th... record of every PutRecords is refused as beyond the throughput. */
  public synchronized void refuseEvery(int n) {
    refusedEvery = n;
  }

  /** Every record is refused from now on, until {@link #clear()}. */
  public synchronized void throttle() {
    throttled = true;
  }

  /** A stream takes no more records in a second; the others are refused. */
  public synchronized void acceptPerSecond(int records) {
    acceptedPerSecond = records;
  }

  /** The records of each request are stored in another order than they came in. */
  public synchronized void shuffle(long seed) {
    shuffle = new Random(seed);
  }

  /** The next requests are answered with HTTP 500, and nothing is done. */
  public void failInternally(String action, int requests) {
    add(action, OfRequest.INTERNAL_ERROR, requests);
  }

  /** The next requests are answered with HTTP 503, and nothing is done. */
  public void beUnavailable(String action, int requests) {
    add(action, OfRequest.UNAVAILABLE, requests);
  }

  /** The next requests are refused as beyond the throughput, as a whole. */
  public void throttle(String action, int requests) {
    add(action, OfRequest.THROTTLED, requests);
  }

  /** The next requests are carried out, and the connection is cut instead of an answer. */
  public void loseResponse(String action, int requests) {
    add(action, OfRequest.LOST_RESPONSE, requests);
  }

  /** Answers come so much later, until {@link #clear()}. */
  public synchronized void delay(String action, Duration time) {
    delays.put(action, time);
  }

  /** No iterator handed out so far is good any more. */
  public synchronized void expireIterators() {
    iteratorsExpireBefore = Instant.now();
  }

  /** Nothing goes wrong any more. */
  public synchronized void clear() {
    ofRequests.clear();
    delays.clear();
    refusedEvery = 0;
    throttled = false;
    shuffle = null;
    acceptedPerSecond = Integer.MAX_VALUE;
  }

  private synchronized void add(String action, OfRequest fault, int requests) {
    ofRequests
        .computeIfAbsent(action, key -> new ArrayDeque<>())
        .addAll(Collections.nCopies(requests, fault));
  }

  synchronized OfRequest next(String action) {
    Deque<OfRequest> faults = ofRequests.getOrDefault(action, new ArrayDeque<>());
    return faults.isEmpty() ? OfRequest.NONE : faults.remove();
  }

  synchronized Duration delay(String action) {
    return delays.getOrDefault(action, Duration.ZERO);
  }

  synchronized boolean isExpired(Instant iteratorIssued) {
    return iteratorIssued.isBefore(iteratorsExpireBefore);
  }

  /**
   * @param place of the record in its request, from 1
   */
  synchronized boolean isRefused(int place) {
    return throttled || (refusedEvery > 0 && place % refusedEvery == 0) || isBeyondRate();
  }

  /** The order in which the records of a request are stored. */
  synchronized List<Integer> order(int records) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < records; i++) {
      order.add(i);
    }
    if (shuffle != null) {
      Collections.shuffle(order, shuffle);
    }
    return order;
  }

  private boolean isBeyondRate() {
    Instant now = Instant.now();
    if (!now.isBefore(second.plusSeconds(1))) {
      second = now;
      acceptedInSecond = 0;
    }
    return ++acceptedInSecond > acceptedPerSecond;
  }
}
