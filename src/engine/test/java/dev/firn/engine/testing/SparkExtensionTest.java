package dev.firn.engine.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OnSpark
class SparkExtensionTest {

  private TestLake before;

  @BeforeEach
  void remember(TestLake lake) {
    before = lake;
  }

  @Test
  void aMethodHasOneLakeOfItsOwn(TestLake lake) {
    assertEquals(before, lake);
    assertEquals(0, lake.catalog().mirrors().size());
  }

  @Test
  void sparkAndTheCatalogSeeTheSameTables(TestLake lake) {
    lake.query("CREATE TABLE " + lake.table("sales") + " (id BIGINT) USING iceberg");
    lake.query("INSERT INTO " + lake.table("sales") + " VALUES (42)");

    assertEquals(42L, lake.query("SELECT id FROM " + lake.table("sales")).get(0).getLong(0));
    assertEquals("sales", lake.catalog().mirrors().get(0).name());
    assertNotEquals("default", lake.config().database());
  }
}
