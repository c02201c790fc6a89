package dev.firn.engine.lake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firn.pipeline.LakeConfig;
import org.apache.iceberg.aws.s3.S3FileIO;
import org.junit.jupiter.api.Test;

class KeptMetadataFileIOTest {

  @Test
  void icebergIsGivenAClassThatItCanFind() {
    LakeConfig glue = new LakeConfig(LakeConfig.GLUE, "lake", "s3://bucket/warehouse");

    assertEquals(KeptMetadataFileIO.class.getName(), LakeCatalog.properties(glue).get("io-impl"));
    assertEquals(
        S3FileIO.class.getName(), LakeCatalog.s3FileIo(ClassLoader.getPlatformClassLoader()));
  }
}
