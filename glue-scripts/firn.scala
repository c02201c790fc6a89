import dev.firn.etl.run.GlueMain

/** The script of every AWS Glue job of Firn: --class GlueApp, --extra-jars firn-etl.jar, --verb merge, --config s3://… */
object GlueApp {
  def main(arguments: Array[String]): Unit = GlueMain.run(arguments)
}
