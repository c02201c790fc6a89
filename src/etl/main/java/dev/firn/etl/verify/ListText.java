package dev.firn.etl.verify;

import java.util.ArrayList;
import java.util.List;
import scala.collection.Iterator;
import scala.collection.Seq;

/** The text of an array: that of its elements' texts. Empty and NULL differ. */
record ListText(ValueText element) implements ValueText {

  // unnest stands in the list of columns and not behind FROM, where the fields of a composite type
  // would come apart; there it answers in the order of the array.
  @Override
  public String sql(String expression) {
    return ("CASE WHEN %s IS DISTINCT FROM NULL THEN"
            + " ARRAY(SELECT %s FROM (SELECT unnest(%s) AS e) AS elements)::text END")
        .formatted(expression, element.sql("e"), expression);
  }

  @Override
  public String of(Object value) {
    List<String> texts = new ArrayList<>();
    Iterator<?> values = ((Seq<?>) value).iterator();
    while (values.hasNext()) {
      Object one = values.next();
      texts.add(one == null ? null : element.of(one));
    }
    return ArrayText.of(texts);
  }

  @Override
  public String readable(String text) {
    return text;
  }
}
