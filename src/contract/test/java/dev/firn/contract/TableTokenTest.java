package dev.firn.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableTokenTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "..",
        "a/b",
        "../x",
        "Sales",
        "a b",
        "a.b.c",
        ".a",
        "a.",
        "a%2e",
        "a=b",
        "bán",
        "a\n",
        "error",
        "_schema",
        "_incoming"
      })
  void whatCouldBeAnotherFolderOrAnotherTableIsRefused(String token) {
    assertFalse(TableToken.isValid(token));
  }

  @Test
  void plainNamesAreTheirOwnTokens() {
    assertTrue(TableToken.isValid(TableToken.natural("public", "sales")));
    assertEquals("crm.account", TableToken.natural("crm", "account"));
    assertEquals("crm_account", new TableToken("crm.account").lakeName());
  }
}
