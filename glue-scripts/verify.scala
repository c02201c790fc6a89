import dev.firn.etl.GlueMain

/** The script of the AWS Glue job that verifies: as merge.scala, with pgjdbc beside firn-etl.jar. */
object GlueApp {
  def main(arguments: Array[String]): Unit = GlueMain.run("verify", arguments)
}
