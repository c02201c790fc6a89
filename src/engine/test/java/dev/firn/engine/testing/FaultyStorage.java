package dev.firn.engine.testing;

import java.io.IOException;
import java.net.URI;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * The folders of this machine as a storage whose reads of gzip files fail where a test demands it:
 * {@code faulty:/folder}.
 */
public final class FaultyStorage extends RawLocalFileSystem {

  private static final URI ROOT = URI.create("faulty:///");
  private static final AtomicReference<Fault> FAULT = new AtomicReference<>(Fault.NONE);

  /** The fault after this many bytes of each gzip file. */
  private record Fault(long after, boolean ends, IOException failure) {

    static final Fault NONE = new Fault(Long.MAX_VALUE, false, new IOException());
  }

  /** Registers the storage in a configuration. */
  public static void register(Configuration hadoop) {
    hadoop.setClass("fs.faulty.impl", FaultyStorage.class, org.apache.hadoop.fs.FileSystem.class);
  }

  /** Reads fail after this many bytes of each gzip file. */
  public static void failAfter(long bytes, IOException failure) {
    FAULT.set(new Fault(bytes, false, failure));
  }

  /** Gzip files end after this many bytes, without an error. */
  public static void endAfter(long bytes) {
    FAULT.set(new Fault(bytes, true, new IOException()));
  }

  public static void heal() {
    FAULT.set(Fault.NONE);
  }

  @Override
  public URI getUri() {
    return ROOT;
  }

  @Override
  public String getScheme() {
    return ROOT.getScheme();
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    FSDataInputStream in = super.open(path, bufferSize);
    return path.getName().endsWith(".gz") ? new FSDataInputStream(new Stream(in)) : in;
  }

  private static final class Stream extends FSInputStream {

    private final FSDataInputStream in;

    Stream(FSDataInputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      Fault fault = FAULT.get();
      long left = fault.after() - in.getPos();
      if (left > 0) {
        return in.read(target, offset, (int) Math.min(length, left));
      }
      if (fault.ends()) {
        return -1;
      }
      throw fault.failure();
    }

    @Override
    public void seek(long position) throws IOException {
      in.seek(position);
    }

    @Override
    public long getPos() throws IOException {
      return in.getPos();
    }

    @Override
    public boolean seekToNewSource(long target) {
      return false;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
